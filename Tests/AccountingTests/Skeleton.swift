enum AccountingTestsSkeleton {}
