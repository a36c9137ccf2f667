#pragma once
// Nothing to call: see synchronization_mutex.c.
