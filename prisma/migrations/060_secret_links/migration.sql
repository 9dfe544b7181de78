-- An address for programs that can't sign in; only the hash of the word in it is kept.
CREATE TABLE "secret_link" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "hub_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "secret_link_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "secret_link_token_hash_key" ON "secret_link"("token_hash");
CREATE UNIQUE INDEX "secret_link_person_id_hub_id_key" ON "secret_link"("person_id", "hub_id");
CREATE INDEX "secret_link_hub_id_idx" ON "secret_link"("hub_id");

ALTER TABLE "secret_link" ADD CONSTRAINT "secret_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "secret_link" ADD CONSTRAINT "secret_link_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema can't say.
-- Whoever leaves a hub loses the link with the commit, also if they come back before anybody used it.
CREATE FUNCTION role_end_secret_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "secret_link" WHERE "hub_id" = OLD."hub_id" AND "person_id" = OLD."person_id"
    AND NOT EXISTS (
      SELECT FROM "role" WHERE "hub_id" = OLD."hub_id" AND "person_id" = OLD."person_id"
        AND "name" IN ('member', 'owner'));
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "role_end_secret_link" AFTER DELETE OR UPDATE OF "hub_id", "person_id", "name" ON "role"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD."name" IN ('member', 'owner'))
  EXECUTE FUNCTION role_end_secret_link();
