// SPDX-License-Identifier: MIT
/* Semihosting for AArch32, the calls that our images use. */
#ifndef PICORN_SEMIHOSTING_H
#define PICORN_SEMIHOSTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void semihosting_write_char(char c);
void semihosting_write_string(const char *text);

/* The command line, NUL terminated, or false when the host gives none or one that does not fit. */
bool semihosting_command_line(char *buffer, size_t size);

/* Ends the run: well for 0, else with that code. */
_Noreturn void semihosting_exit(uint32_t code);

#endif
