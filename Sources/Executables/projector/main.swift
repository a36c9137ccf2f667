import Glibc
import Projector

exit(ProjectorProgram.main())
