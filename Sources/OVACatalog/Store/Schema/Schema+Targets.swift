extension Schema {
  /// The verdicts of targets on packages.
  static let targets = """
    CREATE TABLE targets (
      -- The targets that scans judge packages for, in the order in which they were named.
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE verdicts (
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      target TEXT NOT NULL,
      verdict TEXT NOT NULL,
      -- The reasons, the gravest first, each with the first places at which it holds.
      reasons TEXT NOT NULL CHECK (json_valid(reasons)),
      PRIMARY KEY (image, target)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX verdicts_target ON verdicts (target, verdict);

    CREATE VIEW v_verdicts AS -- one row a package and target
      SELECT i.id, i.path, v.target, v.verdict, json_array_length(v.reasons) AS reasons
      FROM images i JOIN verdicts v ON v.image = i.id WHERE i.gone_at IS NULL;
    CREATE VIEW v_verdict_reasons AS -- one row a place at which a reason of a verdict holds
      SELECT i.id, i.path, v.target, v.verdict, r.value ->> 'condition' AS condition,
        r.value ->> 'effect' AS effect, p.value ->> 'file' AS file, p.value ->> 'line' AS line,
        p.value ->> 'found' AS found, p.value ->> 'reads' AS reads
      FROM images i JOIN verdicts v ON v.image = i.id, json_each(v.reasons) r,
        json_each(r.value -> 'places') p
      WHERE i.gone_at IS NULL;
    """
}
