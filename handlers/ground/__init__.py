"""What every turn needs, whatever it is about: who speaks, the reply, menus, settings, notices."""
