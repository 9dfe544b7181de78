-- Who changed a hub's layout, so that whoever edits at the same time is told; no person: an upgrade did.
CREATE TABLE "layout_change" (
    "hub_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "person_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "layout_change_pkey" PRIMARY KEY ("hub_id","version")
);

ALTER TABLE "layout_change" ADD CONSTRAINT "layout_change_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "layout_change" ADD CONSTRAINT "layout_change_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
