"""The subjects of the conversation, one folder each; none imports another.

Each folder ends with one value of `handlers.contract.Subject`, which says what the subject owns.
"""
