enum EventsTestsSkeleton {}
