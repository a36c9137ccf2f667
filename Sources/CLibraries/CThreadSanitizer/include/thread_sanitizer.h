#pragma once
// Nothing to call: see synchronization_mutex.c and c11_threads.c.
