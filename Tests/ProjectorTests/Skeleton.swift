enum ProjectorTestsSkeleton {}
