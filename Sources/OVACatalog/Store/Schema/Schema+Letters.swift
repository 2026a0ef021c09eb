extension Schema {
  /// Requests that follow one under way, and letters about syncs that are yet to be sent.
  static let letters = """
    -- A user has one request that waits, besides the one under way: what was uploaded meanwhile.
    DROP INDEX sync_requests_running;
    CREATE UNIQUE INDEX sync_requests_waiting ON sync_requests (username, type)
      WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED', 'IN_PROGRESS');
    CREATE INDEX sync_requests_open ON sync_requests (id)
      WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED');

    CREATE TABLE letters (
      request INTEGER PRIMARY KEY REFERENCES sync_requests (id) ON DELETE CASCADE,
      created_on INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      -- Not tried before this instant.
      due_on INTEGER NOT NULL,
      -- Why the last attempt failed.
      failure TEXT
    ) STRICT;
    CREATE INDEX letters_due ON letters (due_on, request);
    """
}
