import Domain
import SQL

extension CaseViews {
  static let migrations: [Migration] = [
    Migration("cases/1") { dialect in
      let real = dialect == .sqlite ? "REAL" : "DOUBLE PRECISION"
      // Keys sort by their bytes on both engines, so that verify can walk journal and views side by side.
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      return """
        CREATE TABLE cases (
          district TEXT NOT NULL, id \(key) NOT NULL, version BIGINT NOT NULL, pack TEXT NOT NULL,
          phase TEXT NOT NULL CHECK (phase IN (\(Phase.allCases.quoted))),
          phase_since BIGINT NOT NULL,
          holder_role TEXT NOT NULL CHECK (holder_role IN ('desk', 'agency', 'squad', 'coordinator')),
          holder TEXT NOT NULL, desk TEXT NOT NULL, agency TEXT, squad TEXT,
          kind TEXT, jurisdiction TEXT, severity TEXT NOT NULL, door TEXT NOT NULL, division TEXT NOT NULL,
          place TEXT, place_key TEXT, latitude \(real), longitude \(real), cell_column BIGINT, cell_row BIGINT,
          reports BIGINT NOT NULL, is_dangerous BIGINT NOT NULL, outcome TEXT,
          opened_at BIGINT NOT NULL, last_at BIGINT NOT NULL, due_at BIGINT, closed_at BIGINT, paused_at BIGINT,
          merged_into TEXT, PRIMARY KEY (district, id));
        CREATE INDEX cases_open ON cases (district, division, opened_at) WHERE phase NOT IN ('closed', 'merged');
        CREATE INDEX cases_open_near ON cases (district, cell_column, cell_row)
          WHERE phase NOT IN ('closed', 'merged');
        CREATE INDEX cases_open_agency ON cases (district, agency) WHERE phase NOT IN ('closed', 'merged');
        CREATE INDEX cases_by_opening ON cases (district, opened_at);
        """
    },
    Migration("cases/2 reports") { dialect in
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      return """
        CREATE TABLE case_reports (
          district TEXT NOT NULL, id \(key) NOT NULL, case_id \(key) NOT NULL, door TEXT NOT NULL, kind TEXT,
          place_key TEXT, division TEXT NOT NULL, said_at BIGINT NOT NULL, received_at BIGINT NOT NULL,
          vault TEXT, repeats TEXT, PRIMARY KEY (district, id, case_id));
        CREATE INDEX case_reports_of_case ON case_reports (district, case_id);
        CREATE INDEX case_reports_same ON case_reports (district, place_key, kind, received_at);
        """
    },
    Migration("cases/3 deadlines") { dialect in
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      return """
        CREATE TABLE case_deadlines (
          district TEXT NOT NULL, case_id \(key) NOT NULL, step \(key) NOT NULL,
          rung BIGINT NOT NULL, fires_at BIGINT NOT NULL, due_at BIGINT NOT NULL, division TEXT NOT NULL,
          lease_until BIGINT NOT NULL DEFAULT 0, leased_by TEXT, PRIMARY KEY (district, case_id, step));
        CREATE INDEX case_deadlines_next ON case_deadlines (district, fires_at);
        """
    },
    Migration("rates/1 facts") { dialect in
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      // SQLite: the rows themselves lie in the order of the key, so that one rate is one run of pages.
      return """
        CREATE TABLE rate_facts (
          district TEXT NOT NULL, rate \(key) NOT NULL CHECK (rate IN (\(Rate.allCases.quoted))),
          case_id \(key) NOT NULL, fact \(key) NOT NULL, version BIGINT NOT NULL,
          agency TEXT NOT NULL, division TEXT NOT NULL, kind TEXT NOT NULL, door TEXT NOT NULL,
          started_at BIGINT NOT NULL, counted_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, known_at BIGINT NOT NULL,
          hit_at BIGINT NOT NULL, lost_at BIGINT NOT NULL, void_at BIGINT NOT NULL,
          PRIMARY KEY (district, rate, case_id, fact, version))\(dialect == .sqlite ? " WITHOUT ROWID" : "");
        """
    },
    Migration("cases/4 notices") { dialect in
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      return """
        CREATE TABLE case_notices (
          district TEXT NOT NULL, case_id \(key) NOT NULL, number BIGINT NOT NULL,
          notice TEXT NOT NULL CHECK (notice IN (\(DeadlineTable.Rung.Notice.allCases.quoted))),
          step TEXT NOT NULL, rung BIGINT NOT NULL, addressee TEXT NOT NULL, agency TEXT NOT NULL,
          division TEXT NOT NULL, started_at BIGINT NOT NULL, due_at BIGINT NOT NULL, at BIGINT NOT NULL,
          PRIMARY KEY (district, case_id, number));
        CREATE INDEX case_notices_inbox ON case_notices (district, agency, at);
        CREATE INDEX case_notices_by_time ON case_notices (district, at);
        """
    },
    Migration(
      "cases/5 refused and returned",
      """
      ALTER TABLE cases ADD COLUMN refusals BIGINT NOT NULL DEFAULT 0;
      ALTER TABLE cases ADD COLUMN returns BIGINT NOT NULL DEFAULT 0;
      """),
    // So that the closures which a new report may revoke are one short run, however much the place has seen.
    Migration(
      "cases/6 closed reports",
      """
      ALTER TABLE case_reports ADD COLUMN closed_at BIGINT;
      CREATE INDEX case_reports_closed ON case_reports (district, place_key, kind, closed_at)
        WHERE closed_at IS NOT NULL;
      """),
    Migration(
      "cases/7 notices settled",
      """
      ALTER TABLE case_notices ADD COLUMN settled_at BIGINT;
      ALTER TABLE case_notices ADD COLUMN rectified_at BIGINT;
      CREATE INDEX case_notices_standing ON case_notices (district, at) WHERE settled_at IS NULL;
      """),
    Migration("cases/8 documents") { dialect in
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      return """
        CREATE TABLE case_documents (
          district TEXT NOT NULL, case_id \(key) NOT NULL, version BIGINT NOT NULL,
          sort TEXT NOT NULL CHECK (sort IN (\(DocumentRules.Sort.allCases.quoted))),
          year BIGINT NOT NULL, number BIGINT NOT NULL, text TEXT NOT NULL, agency TEXT NOT NULL,
          division TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (district, case_id, version));
        CREATE UNIQUE INDEX case_documents_once ON case_documents (district, sort, year, number);
        CREATE INDEX case_documents_by_time ON case_documents (district, at);
        """
    },
    // So that reports can be counted and drawn without their cases, a span of time in one run.
    Migration("cases/9 where and when reports were said") { dialect in
      let real = dialect == .sqlite ? "REAL" : "DOUBLE PRECISION"
      return """
        ALTER TABLE case_reports ADD COLUMN latitude \(real);
        ALTER TABLE case_reports ADD COLUMN longitude \(real);
        ALTER TABLE case_reports ADD COLUMN is_first BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX case_reports_by_time ON case_reports (district, said_at, id);
        """
    },
    Migration("cases/10 losses") { dialect in
      let key = dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      return """
        CREATE TABLE case_losses (
          district TEXT NOT NULL, case_id \(key) NOT NULL, kind TEXT NOT NULL, division TEXT NOT NULL,
          said_at BIGINT NOT NULL, yuan BIGINT NOT NULL CHECK (yuan >= 0), PRIMARY KEY (district, case_id));
        CREATE INDEX case_losses_by_time ON case_losses (district, said_at);
        """
    },
  ]
}
