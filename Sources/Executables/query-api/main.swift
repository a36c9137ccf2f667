import Glibc
import QueryAPI

exit(QueryAPIProgram.main())
