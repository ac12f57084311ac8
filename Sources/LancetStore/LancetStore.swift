// LancetStore: the session file. Start at Session/SessionFile.swift (open, lock, transactions), then
// Schema/Migrations.swift (the tables), Session/SessionFile+Commit.swift (a decision becomes durable),
// Import/ (files become rows) and Backups/ (yesterday can be restored).
