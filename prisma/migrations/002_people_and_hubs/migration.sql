-- CreateEnum
CREATE TYPE "Theme" AS ENUM ('system', 'light', 'dark');

-- CreateEnum
CREATE TYPE "JoinMode" AS ENUM ('open', 'request', 'accounts');

-- CreateEnum
CREATE TYPE "AlertColour" AS ENUM ('blue', 'green', 'yellow', 'red');

-- CreateEnum
CREATE TYPE "RequestState" AS ENUM ('pending', 'approved', 'denied', 'withdrawn');

-- CreateEnum
CREATE TYPE "HelpState" AS ENUM ('open', 'taken', 'done');

-- CreateEnum
CREATE TYPE "HiddenWhat" AS ENUM ('entry', 'kind', 'hub');

-- AlterTable
ALTER TABLE "hub" ADD COLUMN     "alert_colour" "AlertColour" NOT NULL DEFAULT 'blue',
ADD COLUMN     "alert_text" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "avatar_url" TEXT,
ADD COLUMN     "calendar" TEXT,
ADD COLUMN     "colour" TEXT,
ADD COLUMN     "join_mode" "JoinMode" NOT NULL DEFAULT 'request',
ADD COLUMN     "join_text" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "layout_edited" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "left_width" INTEGER NOT NULL DEFAULT 8,
ADD COLUMN     "meeting_name" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "banned_at" TIMESTAMPTZ(3),
ADD COLUMN     "contact" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "privacy" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "site_admin" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "theme" "Theme" NOT NULL DEFAULT 'system',
ADD COLUMN     "time_zone" TEXT;

-- AlterTable
ALTER TABLE "widget" ADD COLUMN     "restricted" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "session" (
    "id" SERIAL NOT NULL,
    "token_hash" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "issuer" TEXT NOT NULL,
    "site_admin" BOOLEAN NOT NULL DEFAULT false,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" TEXT NOT NULL,
    "person_id" INTEGER,
    "action" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "errors" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "join_request" (
    "id" SERIAL NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "state" "RequestState" NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" INTEGER,
    "answer" TEXT NOT NULL DEFAULT '',
    "mentor_id" INTEGER,

    CONSTRAINT "join_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "person_id" INTEGER NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("person_id","hub_id")
);

-- CreateTable
CREATE TABLE "hidden" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "what" "HiddenWhat" NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hidden_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_entry" (
    "person_id" INTEGER NOT NULL,
    "message_id" TEXT NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_entry_pkey" PRIMARY KEY ("person_id","message_id")
);

-- CreateTable
CREATE TABLE "library_link" (
    "id" SERIAL NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "picture" TEXT,
    "place" INTEGER NOT NULL,
    "added_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(3),
    "dead_since" TIMESTAMPTZ(3),

    CONSTRAINT "library_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "help_request" (
    "id" SERIAL NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "state" "HelpState" NOT NULL DEFAULT 'open',
    "asked_by_id" INTEGER NOT NULL,
    "taken_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "help_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry_seen" (
    "hub_id" INTEGER NOT NULL,
    "message_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entry_seen_pkey" PRIMARY KEY ("hub_id","message_id")
);

-- CreateTable
CREATE TABLE "hub_day" (
    "hub_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "hub_day_pkey" PRIMARY KEY ("hub_id","day","kind")
);

-- CreateTable
CREATE TABLE "first_seen" (
    "hub_id" INTEGER NOT NULL,
    "person" CITEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "first_seen_pkey" PRIMARY KEY ("hub_id","person")
);

-- CreateIndex
CREATE INDEX "identity_person_id_idx" ON "identity"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "draft_person_id_idx" ON "draft"("person_id");

-- CreateIndex
CREATE INDEX "draft_created_at_idx" ON "draft"("created_at");

-- CreateIndex
CREATE INDEX "join_request_hub_id_state_idx" ON "join_request"("hub_id", "state");

-- CreateIndex
CREATE INDEX "join_request_person_id_idx" ON "join_request"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "hidden_person_id_what_value_key" ON "hidden"("person_id", "what", "value");

-- CreateIndex
CREATE UNIQUE INDEX "library_link_place_key" ON "library_link"("hub_id", "place");

-- CreateIndex
CREATE INDEX "help_request_hub_id_state_idx" ON "help_request"("hub_id", "state");

-- CreateIndex
CREATE INDEX "entry_seen_seen_at_idx" ON "entry_seen"("seen_at");

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_mentor_id_fkey" FOREIGN KEY ("mentor_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hidden" ADD CONSTRAINT "hidden_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_entry" ADD CONSTRAINT "saved_entry_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_entry" ADD CONSTRAINT "saved_entry_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_link" ADD CONSTRAINT "library_link_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_link" ADD CONSTRAINT "library_link_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_taken_by_id_fkey" FOREIGN KEY ("taken_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry_seen" ADD CONSTRAINT "entry_seen_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub_day" ADD CONSTRAINT "hub_day_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_seen" ADD CONSTRAINT "first_seen_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema can't say.
ALTER TABLE "entry_seen" ALTER COLUMN "message_id" TYPE TEXT COLLATE "C";
-- Two links in one place never stand after a commit; within a transaction they may change places.
DROP INDEX "library_link_place_key";
ALTER TABLE "library_link" ADD CONSTRAINT "library_link_place_key" UNIQUE ("hub_id", "place") DEFERRABLE INITIALLY DEFERRED;
-- One request of a person waits at a hub.
CREATE UNIQUE INDEX "join_request_pending" ON "join_request" ("hub_id", "person_id") WHERE "state" = 'pending';
ALTER TABLE "hub" ADD CONSTRAINT "hub_left_width_check" CHECK ("left_width" BETWEEN 4 AND 9);
ALTER TABLE "hub" ADD CONSTRAINT "hub_colour_check" CHECK ("colour" ~ '^#[0-9a-f]{6}$');
ALTER TABLE "hub" ADD CONSTRAINT "hub_stream_private_check" CHECK ("type" <> 'stream' OR "visibility" = 'private');
ALTER TABLE "hub_day" ADD CONSTRAINT "hub_day_n_check" CHECK ("n" > 0);
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_state_check"
  CHECK (("state" = 'open') = ("taken_by_id" IS NULL AND "taken_at" IS NULL) OR "state" = 'done');
