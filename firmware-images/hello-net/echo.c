// SPDX-License-Identifier: MIT
#include "echo.h"

#include "fail.h"
#include "ticks.h"
#include "words.h"

#define ECHO_PORT 7u
#define WINDOW 4u
#define ANSWER_MILLISECONDS 1000u
#define TRIES 5u

struct Outstanding {
    bool waiting;
    uint32_t number;
    uint32_t tries;
};

static struct Outstanding window[WINDOW];
static struct Station server;
static struct EchoResult result;

/* A permutation of 32-bit numbers that leaves no pattern to see: multiplications and shifts. */
static uint32_t scramble(uint32_t x) {
    x = (x ^ x >> 16) * 0x45D9F3Bu;
    x = (x ^ x >> 16) * 0x45D9F3Bu;
    return x ^ x >> 16;
}

/* The shortest and the longest first, then any. */
static uint32_t size_of(uint32_t number) {
    switch (number) {
    case 0: return 1;
    case 1: return UDP_MAX_PAYLOAD;
    default: return 1 + scramble(number) % UDP_MAX_PAYLOAD;
    }
}

/* Contents: words of a linear congruential sequence, seeded by the number; of the last one as many octets as fit. */
static uint32_t first_state(uint32_t number) {
    return scramble(~number);
}

static uint32_t next_state(uint32_t state) {
    return state * 1664525u + 1013904223u;
}

static void fill(uint8_t *data, uint32_t size, uint32_t state) {
    const uint8_t *const end = data + size;
    for (const uint8_t *const whole = data + (size & ~3u); data != whole; data += 4, state = next_state(state)) {
        store_word(data, state);
    }
    for (; data != end; data++, state >>= 8) {
        *data = (uint8_t) state;
    }
}

static void send_datagram(struct Outstanding *slot) {
    if (slot->tries == TRIES) {
        fail(FAIL_ECHO, "echo: datagram %lu of %lu octets unanswered after %lu tries", slot->number,
            size_of(slot->number), slot->tries);
    }
    const uint32_t size = size_of(slot->number);
    fill(udp_payload(), size, first_state(slot->number));
    slot->tries++;
    udp_send(&server, ECHO_FIRST_PORT + slot->number, ECHO_PORT, size);
}

/* The four from one on, or as many as there are. */
static void check_octets(uint32_t number, const uint8_t *data, uint32_t from, uint32_t length, uint32_t word) {
    for (uint32_t i = from; i < length && i < from + 4; i++, word >>= 8) {
        if (data[i] != (uint8_t) word) {
            fail(FAIL_ECHO, "echo: datagram %lu, octet %lu of %lu: sent %02lx, came back as %02lx", number, i, length,
                word & 0xFFu, (uint32_t) data[i]);
        }
    }
}

static void check(uint32_t number, const uint8_t *data, uint32_t length) {
    if (length != size_of(number)) {
        fail(FAIL_ECHO, "echo: datagram %lu came back with %lu octets, sent were %lu", number, length, size_of(number));
    }
    uint32_t state = first_state(number);
    for (uint32_t i = 0; i < length; i += 4, state = next_state(state)) {
        if (length - i < 4 || load_word(data + i) != state) {
            check_octets(number, data, i, length, state);
        }
    }
}

/* An answer to nothing on its way is one to a datagram that was sent twice. */
void echo_receive(const struct Station *from, uint32_t number, const uint8_t *data, uint32_t length) {
    struct Outstanding *slot = &window[number % WINDOW];
    if (from->address != server.address || !slot->waiting || slot->number != number) {
        return;
    }
    check(number, data, length);
    slot->waiting = false;
    result.datagrams++;
    result.octets += length;
}

static void send_first_time(uint32_t number) {
    struct Outstanding *slot = &window[number % WINDOW];
    *slot = (struct Outstanding){.waiting = true, .number = number, .tries = 0};
    send_datagram(slot);
}

static void resend_unanswered(void) {
    for (uint32_t i = 0; i < WINDOW; i++) {
        if (window[i].waiting) {
            result.resent++;
            send_datagram(&window[i]);
        }
    }
}

static uint32_t next_number;

static bool next_slot_is_free(void) {
    return !window[next_number % WINDOW].waiting;
}

static void wait_for_free_slot(void) {
    while (!network_wait(next_slot_is_free, ANSWER_MILLISECONDS)) {
        resend_unanswered();
    }
}

struct EchoResult echo_run(const struct Station *to, uint32_t datagrams) {
    server = *to;
    for (next_number = 0; next_number < datagrams; next_number++) {
        wait_for_free_slot();
        send_first_time(next_number);
    }
    for (uint32_t i = 0; i < WINDOW; i++, next_number++) {
        wait_for_free_slot();
    }
    return result;
}
