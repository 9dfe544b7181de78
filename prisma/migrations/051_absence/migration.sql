-- "While you were away": when the visit before this one ended, and what was written since, each message once however
-- many feeds have it.
ALTER TABLE "visit" ADD COLUMN "ended_at" TIMESTAMPTZ(3);

ALTER TABLE "entry_seen"
  ADD COLUMN "time" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT '';
CREATE INDEX "entry_seen_hub_id_time_idx" ON "entry_seen"("hub_id", "time");
