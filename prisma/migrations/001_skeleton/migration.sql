-- Names compare without regard to case; citext is a trusted extension, the database's owner may create it.
CREATE EXTENSION IF NOT EXISTS citext;

-- CreateEnum
CREATE TYPE "HubType" AS ENUM ('user', 'team', 'stream');

-- CreateEnum
CREATE TYPE "TeamKind" AS ENUM ('team', 'project', 'regional', 'broadcast');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('public', 'preview', 'private');

-- CreateEnum
CREATE TYPE "RoleName" AS ENUM ('stargazer', 'subscriber', 'member', 'owner');

-- CreateEnum
CREATE TYPE "RoleSource" AS ENUM ('accounts', 'hubs');

-- CreateEnum
CREATE TYPE "Column" AS ENUM ('left', 'right');

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "username" CITEXT NOT NULL,
    "full_name" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub" (
    "id" SERIAL NOT NULL,
    "type" "HubType" NOT NULL,
    "name" CITEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "team_kind" "TeamKind" NOT NULL DEFAULT 'team',
    "visibility" "Visibility" NOT NULL DEFAULT 'public',
    "group_name" CITEXT,
    "mailing_list" TEXT,
    "chat_url" TEXT,
    "discourse_tag" TEXT,
    "projects" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "packages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "members_activity" BOOLEAN,
    "last_entry_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hub_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role" (
    "hub_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "name" "RoleName" NOT NULL,
    "source" "RoleSource" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_pkey" PRIMARY KEY ("hub_id","person_id","name","source")
);

-- CreateTable
CREATE TABLE "widget" (
    "id" SERIAL NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "column" "Column" NOT NULL,
    "place" INTEGER NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "value_key" TEXT,

    CONSTRAINT "widget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interest" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "widget_id" INTEGER,

    CONSTRAINT "interest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_entry" (
    "hub_id" INTEGER NOT NULL,
    "message_id" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "topic" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "agent" TEXT,
    "people" TEXT[],
    "why" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("hub_id","message_id")
);

-- CreateTable
CREATE TABLE "worker_beat" (
    "process" TEXT NOT NULL,
    "workers" TEXT[],
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_beat_pkey" PRIMARY KEY ("process")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_username_key" ON "person"("username");

-- CreateIndex
CREATE UNIQUE INDEX "hub_group_name_key" ON "hub"("group_name");

-- CreateIndex
CREATE UNIQUE INDEX "hub_type_name_key" ON "hub"("type", "name");

-- CreateIndex
CREATE INDEX "role_person_id_idx" ON "role"("person_id");

-- CreateIndex
CREATE INDEX "widget_value_key_idx" ON "widget"("value_key");

-- CreateIndex
CREATE INDEX "interest_key_idx" ON "interest"("key");

-- CreateIndex
CREATE INDEX "interest_hub_id_idx" ON "interest"("hub_id");

-- CreateIndex
CREATE INDEX "interest_widget_id_idx" ON "interest"("widget_id");

-- CreateIndex
CREATE INDEX "feed_entry_hub_id_time_message_id_idx" ON "feed_entry"("hub_id", "time" DESC, "message_id" DESC);

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "widget" ADD CONSTRAINT "widget_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_widget_id_fkey" FOREIGN KEY ("widget_id") REFERENCES "widget"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema can't say.
-- Feeds are read newest first, message ids compared as bytes (feeds/feed-store.ts).
ALTER TABLE "feed_entry" ALTER COLUMN "message_id" TYPE TEXT COLLATE "C";
-- Two widgets in one place never stand after a commit; within a transaction they may change places.
ALTER TABLE "widget" ADD CONSTRAINT "widget_place_key" UNIQUE ("hub_id", "column", "place") DEFERRABLE INITIALLY DEFERRED;
-- An interest once.
CREATE UNIQUE INDEX "interest_once" ON "interest" ("key", "hub_id", COALESCE("widget_id", 0));
ALTER TABLE "hub" ADD CONSTRAINT "hub_name_check" CHECK ("name" ~ '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$');
