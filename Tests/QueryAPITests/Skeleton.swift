enum QueryAPITestsSkeleton {}
