enum HTTPServerTestsSkeleton {}
