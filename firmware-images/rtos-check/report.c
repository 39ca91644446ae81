// SPDX-License-Identifier: MIT
#include "report.h"

#include "octets.h"
#include "semihosting.h"
#include "text.h"

#define MAX_KEPT 8u
#define TEXT_SIZE 48u

struct Mismatch {
    const char *what;
    bool is_text;
    uint32_t expected, actual;
    char expected_text[TEXT_SIZE], actual_text[TEXT_SIZE];
};

static struct Mismatch kept[MAX_KEPT];
static uint32_t mismatches; /* in this group; the first ones are kept */
static uint32_t groups_failed;

static char line[160];
static uint32_t line_length;

static void put(char c) {
    if (line_length < sizeof line - 1) {
        line[line_length++] = c;
    }
}

void print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    line_length = 0;
    text_format(put, format, arguments);
    va_end(arguments);
    line[line_length] = 0;
    semihosting_write_string(line);
}

/* Threads and handlers may come here at once. */
static struct Mismatch *next_mismatch(void) {
    const uint32_t index = __atomic_fetch_add(&mismatches, 1, __ATOMIC_RELAXED);
    return &kept[index < MAX_KEPT ? index : MAX_KEPT - 1];
}

void check(const char *what, uint32_t expected, uint32_t actual) {
    if (expected != actual) {
        struct Mismatch *mismatch = next_mismatch();
        mismatch->what = what;
        mismatch->is_text = false;
        mismatch->expected = expected;
        mismatch->actual = actual;
    }
}

static bool same(const char *left, const char *right) {
    while (*left != 0 && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

static void keep_text(char *to, const char *from) {
    uint32_t n = 0;
    for (; n < TEXT_SIZE - 1 && from[n] != 0; n++) {
        to[n] = from[n];
    }
    to[n] = 0;
}

void check_text(const char *what, const char *expected, const char *actual) {
    if (!same(expected, actual)) {
        struct Mismatch *mismatch = next_mismatch();
        mismatch->what = what;
        mismatch->is_text = true;
        keep_text(mismatch->expected_text, expected);
        keep_text(mismatch->actual_text, actual);
    }
}

static void print_mismatch(const struct Mismatch *mismatch) {
    if (mismatch->is_text) {
        print("  %s: expected \"%s\", was \"%s\"\n", mismatch->what, mismatch->expected_text, mismatch->actual_text);
    } else {
        print("  %s: expected 0x%08lx, was 0x%08lx\n", mismatch->what, mismatch->expected, mismatch->actual);
    }
}

void report_group(const char *name) {
    if (mismatches == 0) {
        print("%s ok\n", name);
        return;
    }
    print("%s FAILED, %lu times:\n", name, mismatches);
    for (uint32_t i = 0; i < mismatches && i < MAX_KEPT; i++) {
        print_mismatch(&kept[i]);
    }
    groups_failed++;
    mismatches = 0;
}

bool report_all_good(void) {
    return groups_failed == 0;
}
