-- What became of each message by hour and service, how far Hubs has come on the bus, and what it did not hear.
CREATE TYPE "GapState" AS ENUM ('open', 'filled', 'lost');
CREATE TYPE "GapReason" AS ENUM ('away', 'emptied', 'redis', 'check', 'old');

CREATE TABLE "ledger" (
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "service" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "n" BIGINT NOT NULL,
    CONSTRAINT "ledger_pkey" PRIMARY KEY ("hour", "service", "outcome")
);

CREATE TABLE "bus_position" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" TEXT,
    "since" TIMESTAMPTZ(3),
    "heard_at" TIMESTAMPTZ(3),
    "watermark" TIMESTAMPTZ(3),
    "counted" TEXT,
    CONSTRAINT "bus_position_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bus_gap" (
    "id" SERIAL NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" "GapReason" NOT NULL,
    "state" "GapState" NOT NULL,
    "read_until" TIMESTAMPTZ(3) NOT NULL,
    "found" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "bus_gap_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "bus_gap_to_at_idx" ON "bus_gap"("to_at");

CREATE TABLE "ledger_check" (
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "archive" INTEGER NOT NULL,
    "heard" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "ledger_check_pkey" PRIMARY KEY ("hour")
);

-- What Prisma's schema can't say.
-- There is one bus, and one position on it.
ALTER TABLE "bus_position" ADD CONSTRAINT "bus_position_one" CHECK ("id" = 1);
INSERT INTO "bus_position" DEFAULT VALUES;
