-- Who looks decides which loaded values are worth a request to their service.
CREATE TABLE "loaded_value" (
    "key" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stale_at" TIMESTAMPTZ(3),
    CONSTRAINT "loaded_value_pkey" PRIMARY KEY ("key")
);
