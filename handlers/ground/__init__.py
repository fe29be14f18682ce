"""What every turn needs, for any subject: the person, the reply, menus, settings, notices."""
