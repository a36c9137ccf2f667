enum IngestTestsSkeleton {}
