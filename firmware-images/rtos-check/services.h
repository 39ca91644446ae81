// SPDX-License-Identifier: MIT
/* Numbers that C and assembler share. */
#ifndef RTOS_SERVICES_H
#define RTOS_SERVICES_H

#define SERVICE_YIELD 0
#define SERVICE_SLEEP 1 /* r0: ticks */
#define SERVICE_EXIT 2
#define SERVICE_JOIN 3
#define SERVICE_COMBINE 4 /* r0 to r3: returns COMBINE of them */
#define SERVICE_PEND 5    /* r0: interrupt */
#define SERVICE_COUNT 6   /* returns how often this service was called */
#define SERVICE_LAST 255  /* returns 255 */

#endif
