/// The second step of a catalog on PostgreSQL.
extension PostgreSQLSchema {
  /// Parts of runs, kept until all parts of a run are there; a file has none of these tables.
  static let shards = """
    CREATE TABLE shards (
      run TEXT COLLATE "C" NOT NULL,
      number BIGINT NOT NULL,
      parts BIGINT NOT NULL,
      started_on BIGINT NOT NULL,
      repositories TEXT COLLATE "C" NOT NULL,
      size_bytes BIGINT NOT NULL,
      merged BIGINT NOT NULL DEFAULT 0 CHECK (merged IN (0, 1)),
      attempt BIGINT NOT NULL UNIQUE,
      PRIMARY KEY (run, number)
    );

    CREATE TABLE shard_pieces (
      attempt BIGINT NOT NULL REFERENCES shards (attempt) ON DELETE CASCADE,
      number BIGINT NOT NULL,
      bytes BYTEA NOT NULL,
      PRIMARY KEY (attempt, number)
    );

    """
}
