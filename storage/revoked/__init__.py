"""Keeps revocations valid, also after an old copy of the database is restored.

What a turn revokes (a code is used, a phone locked, a post removed, a session ended, a joining
undone) it writes as lines into the table `revocation`, in its own transaction. After the commit the
same lines are added to a file next to the database. So every line in the file was committed, and a
line that the database does not have shows that the database is older than the file: a copy was
restored. Then the missing lines are applied. Notices that were sent are recorded in the file only,
because the outbox has them.

`lines` is the format, `notes` collects the lines of one transaction, `journal` is the file,
`applying` applies lines, `comparing` synchronises file and database.
"""
