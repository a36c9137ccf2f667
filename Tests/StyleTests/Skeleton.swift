enum StyleTestsSkeleton {}
