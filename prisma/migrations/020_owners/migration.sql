-- AlterTable
ALTER TABLE "hub" ADD COLUMN     "setup_done" BOOLEAN NOT NULL DEFAULT false;

-- What Prisma's schema can't say.
-- A hub has an owner at each commit, unless a group of the accounts stands behind it or it is archived. The hub's row is
-- locked before looking: of two last owners who go at once, the second is refused.
CREATE FUNCTION hub_check_owner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked INTEGER;
BEGIN
  IF TG_TABLE_NAME = 'hub' THEN checked := NEW."id"; ELSE checked := OLD."hub_id"; END IF;
  PERFORM FROM "hub" WHERE "id" = checked FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM "hub" WHERE "id" = checked AND "group_name" IS NULL AND "archived_at" IS NULL
      AND NOT EXISTS (SELECT FROM "role" WHERE "hub_id" = checked AND "name" = 'owner')
  ) THEN
    RAISE EXCEPTION 'hub % would have no owner', checked
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'hub_has_owner',
        HINT = 'Give it an owner, tie it to a group, or archive it.';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "hub_has_owner" AFTER INSERT OR UPDATE OF "group_name", "archived_at" ON "hub"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hub_check_owner();
CREATE CONSTRAINT TRIGGER "hub_has_owner" AFTER DELETE OR UPDATE OF "hub_id", "name" ON "role"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD."name" = 'owner') EXECUTE FUNCTION hub_check_owner();

-- Somebody is erased: their own hubs go with them; teams they alone owned are archived, and site admins decide.
CREATE FUNCTION person_hand_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "hub" WHERE "type" <> 'team' AND "name" = OLD."username";
  UPDATE "hub" SET "archived_at" = now()
  WHERE "group_name" IS NULL AND "archived_at" IS NULL
    AND "id" IN (SELECT "hub_id" FROM "role" WHERE "person_id" = OLD."id" AND "name" = 'owner')
    AND NOT EXISTS (
      SELECT FROM "role" WHERE "hub_id" = "hub"."id" AND "person_id" <> OLD."id" AND "name" = 'owner');
  RETURN OLD;
END $$;

CREATE TRIGGER "person_hand_over" BEFORE DELETE ON "person"
  FOR EACH ROW EXECUTE FUNCTION person_hand_over();
