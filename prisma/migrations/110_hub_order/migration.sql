-- The order a person gave the hubs at the side of their pages; those not named come after, by how often they go there.
ALTER TABLE "person" ADD COLUMN "hub_order" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[];
