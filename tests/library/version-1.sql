-- A database as version 1 of the library made it.
CREATE TABLE generations (
    -- Order of insertion: takes of one press keep theirs even with the same time.
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    created      INTEGER NOT NULL,
    finished     INTEGER,
    host         TEXT NOT NULL,
    base_url     TEXT,
    model        TEXT NOT NULL,
    prompt       TEXT NOT NULL,
    resolution   TEXT NOT NULL,
    ratio        TEXT NOT NULL,
    duration     INTEGER NOT NULL,
    seed         INTEGER NOT NULL,
    camera_fixed INTEGER NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    fps          INTEGER NOT NULL,
    has_last     INTEGER NOT NULL,
    price_cents  INTEGER,
    status       TEXT NOT NULL,
    percent      INTEGER,
    failure      TEXT,
    notice       TEXT,
    task_id      TEXT,
    seed_used    INTEGER,
    clip         ANY,
    measured     TEXT,
    body_sha256  BLOB NOT NULL,
    frames       TEXT NOT NULL,
    owner        TEXT,
    last_balance INTEGER
) STRICT;
CREATE INDEX generations_status ON generations (status);
CREATE INDEX generations_owner ON generations (owner) WHERE owner IS NOT NULL;
PRAGMA application_id = 0x496e6274;
PRAGMA user_version = 1;
