import SQL

extension Accounts {
  static let migrations: [Migration] = [
    Migration("people/1 accounts") { _ in
      """
      CREATE TABLE accounts (
        district TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_folded TEXT NOT NULL,
        password TEXT NOT NULL, role TEXT NOT NULL, division TEXT NOT NULL, agency TEXT, squad TEXT,
        created_at BIGINT NOT NULL, signed_in_at BIGINT, disabled_at BIGINT, PRIMARY KEY (district, id));
      CREATE UNIQUE INDEX accounts_name_guard ON accounts (district, name_folded);
      """
    },
    Migration("people/2 sessions") { dialect in
      """
      CREATE TABLE sessions (
        district TEXT NOT NULL, hash \(dialect.blobType) NOT NULL, account TEXT NOT NULL, created_at BIGINT NOT NULL,
        renewed_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (district, hash),
        FOREIGN KEY (district, account) REFERENCES accounts (district, id));
      CREATE INDEX sessions_of_account ON sessions (district, account);
      CREATE INDEX sessions_ending ON sessions (district, expires_at);
      CREATE TABLE account_devices (
        district TEXT NOT NULL, account TEXT NOT NULL, hash \(dialect.blobType) NOT NULL, seen_at BIGINT NOT NULL,
        PRIMARY KEY (district, account, hash),
        FOREIGN KEY (district, account) REFERENCES accounts (district, id));
      CREATE INDEX account_devices_by_hash ON account_devices (district, hash);
      """
    },
  ] + SignInThrottle.migrations
}
