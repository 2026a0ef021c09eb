/// The indexes of a catalog on PostgreSQL, all of its first step.
extension PostgreSQLSchema {
  static let indexes = """
    CREATE INDEX images_position ON images (position);
    CREATE INDEX images_repository ON images (repository) WHERE repository IS NOT NULL;
    CREATE INDEX images_walked ON images (repository, parent, path)
      WHERE repository IS NOT NULL AND gone_at IS NULL;
    CREATE INDEX owner_position ON images (owner, position)
      WHERE owner IS NOT NULL AND gone_at IS NULL;
    CREATE INDEX digests_digest ON digests (algorithm, digest);
    CREATE INDEX digests_age ON digests (computed_on, image) WHERE algorithm = 'sha256';
    CREATE INDEX files_inode ON files (inode) WHERE member = 0;
    CREATE INDEX files_below ON files (image) WHERE member = 0 AND strpos(name, '/') > 0;
    CREATE INDEX findings_rule ON findings (rule, severity);
    CREATE INDEX verdicts_target ON verdicts (target, verdict);
    CREATE INDEX scan_changes_image ON scan_changes (image, scan);
    CREATE UNIQUE INDEX scan_findings_key
      -- Both may be longer than an index takes.
      ON scan_findings (scan, image, rule, md5(file), md5(message));
    CREATE INDEX tokens_owner ON tokens (owner);
    CREATE INDEX sync_requests_user ON sync_requests (username, id);
    CREATE UNIQUE INDEX sync_requests_waiting ON sync_requests (username, type)
      WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED', 'IN_PROGRESS');
    CREATE INDEX sync_requests_open ON sync_requests (id)
      WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED');
    CREATE INDEX letters_due ON letters (due_on, request);

    """

  /// The orders that lists are shown in, each an index over the rows that everybody sees.
  static let lists = [
    ("position", "position"), ("path", "path, position"), ("name", "name, position"),
    ("updated", "updated_on, position"), ("created", "created_on, position"),
    ("data_store", "data_store, position"), ("folder", "folder NULLS FIRST, position"),
    ("label", "label, position"), ("name_any_case", "lower(name), position"),
  ].map { name, columns in
    "CREATE INDEX public_\(name) ON images (\(columns)) WHERE public = 1 AND gone_at IS NULL;\n"
  }.joined()
}
