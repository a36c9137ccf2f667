enum IngestSkeleton {}
