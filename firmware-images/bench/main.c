// SPDX-License-Identifier: MIT
/* Runs one benchmark, "iterations=N" times its kernel, and prints a checksum; what measures time is outside. */
#include "bench.h"
#include "semihosting.h"
#include "startup.h"
#include "text.h"

static char command_line[256];
static char line[80];
static uint32_t line_length;

static void put(char c) {
    if (line_length < sizeof line - 1) {
        line[line_length++] = c;
    }
}

__attribute__((format(printf, 1, 2))) static void print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_format(put, format, arguments);
    va_end(arguments);
    semihosting_write_string(line);
}

int main(void) {
    if (!semihosting_command_line(command_line, sizeof command_line)) {
        command_line[0] = 0;
    }
    const uint32_t iterations = text_number_option(command_line, "iterations", benchmark.default_iterations);
    print("%s: %lu iterations, checksum %08lx\n", benchmark.name, iterations, benchmark.run(iterations));
    return 0;
}
