"""Every sentence the product says, in Vietnamese and English."""
