-- CreateTable
CREATE TABLE "group_reading" (
    "hub_id" INTEGER NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "said" JSONB,
    "problem" TEXT,
    "problem_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_reading_pkey" PRIMARY KEY ("hub_id")
);

-- AddForeignKey
ALTER TABLE "group_reading" ADD CONSTRAINT "group_reading_hub_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hub"("id") ON DELETE CASCADE ON UPDATE CASCADE;
