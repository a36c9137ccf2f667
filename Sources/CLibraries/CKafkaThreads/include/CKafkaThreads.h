// Nothing to call: see forwarding.c.
#pragma once
