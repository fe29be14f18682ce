"""Nothing revoked comes back to life, also when an old copy of the database is put back.

What a turn takes back (a code is used, a phone locked, a post taken away, a session ended, a
joining undone) it writes as lines into the table `revocation`, in its own transaction. After the
commit the same lines are added to a file beside the database. So every line in the file was
committed, and a line that the database does not know shows that the database is older than the
file: a copy was put back. Then the lines it lacks are applied. Notices that were sent are noted
in the file alone, because the outbox knows them.

`lines` is the format, `notes` collects the lines of one transaction, `journal` is the file,
`applying` carries lines out, `comparing` brings file and database together.
"""
