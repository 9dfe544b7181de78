-- How many entries each feed has, so that a writer need not count them to know what to trim. Only feeds/ reads and writes
-- it; a feed without a row here is counted when it is written to next.
CREATE TABLE "feed_length" (
    "hub_id" INTEGER NOT NULL,
    "entries" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_length_pkey" PRIMARY KEY ("hub_id")
);
