"""A question that keeps a register of the unit: its entries are shown with numbers, and words add,
edit, end and remove them.
"""
