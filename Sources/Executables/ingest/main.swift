import Glibc
import Ingest

exit(IngestProgram.main())
