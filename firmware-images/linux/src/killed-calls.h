/* SPDX-License-Identifier: MIT */
#ifndef KILLED_CALLS_H
#define KILLED_CALLS_H

/* Does the call of that name with a peer, and does not come back if all is well. */
void stay_in_call(const char *name, const char *peer);

/* Has the program, this one, stay in each call, and kills it there; says how often. */
int kill_in_calls(const char *program, const char *peer);

/* Opens, uses and closes one connection to a peer that echoes after the other; says how many in a second. */
int connection_rate(const char *peer);

#endif
