// SPDX-License-Identifier: MIT
/* What small processors are measured by: a list that is sorted and searched, a matrix, a state machine over text, and a CRC of all. */
#include "bench.h"

#define NODES 64u
#define ORDER 8u
#define TEXT 96u

struct Node {
    struct Node *next;
    int16_t key;
    int16_t value;
};

enum State { START, SIGN, DIGITS, FRACTION, EXPONENT, WRONG, STATES };

static struct Node nodes[NODES];
static int16_t a[ORDER][ORDER], b[ORDER][ORDER];
static int32_t product[ORDER][ORDER];
static uint8_t text[TEXT];

static uint16_t crc16(uint16_t crc, uint32_t value, uint32_t bits) {
    for (uint32_t k = 0; k < bits; k++) {
        const uint32_t out = (crc ^ value >> k) & 1u;
        crc = (uint16_t) (crc >> 1);
        if (out) {
            crc ^= 0xA001u;
        }
    }
    return crc;
}

static struct Node *make_list(uint32_t seed) {
    for (uint32_t k = 0; k < NODES; k++) {
        seed = bench_step(seed);
        nodes[k].key = (int16_t) (seed & 0x3FFu);
        nodes[k].value = (int16_t) k;
        nodes[k].next = k + 1 < NODES ? &nodes[k + 1] : 0;
    }
    return &nodes[0];
}

static struct Node *merge(struct Node *one, struct Node *other) {
    struct Node head = {0, 0, 0};
    struct Node *last = &head;
    while (one && other) {
        struct Node **lower = one->key <= other->key ? &one : &other;
        last->next = *lower;
        last = *lower;
        *lower = last->next;
    }
    last->next = one ? one : other;
    return head.next;
}

static struct Node *sort(struct Node *list) {
    if (!list || !list->next) {
        return list;
    }
    struct Node *slow = list;
    for (struct Node *fast = list->next; fast && fast->next; fast = fast->next->next) {
        slow = slow->next;
    }
    struct Node *second = slow->next;
    slow->next = 0;
    return merge(sort(list), sort(second));
}

static uint16_t list_work(uint32_t seed) {
    uint16_t crc = 0;
    int16_t wanted = (int16_t) (seed & 0x3FFu);
    for (struct Node *node = sort(make_list(seed)); node; node = node->next) {
        if (node->key >= wanted) {
            crc = crc16(crc, (uint32_t) node->value, 16);
            wanted = (int16_t) (wanted + 100);
        }
    }
    return crc;
}

static uint16_t matrix_work(uint32_t seed) {
    for (uint32_t i = 0; i < ORDER; i++) {
        for (uint32_t j = 0; j < ORDER; j++) {
            seed = bench_step(seed);
            a[i][j] = (int16_t) (seed & 0xFFu);
            b[i][j] = (int16_t) (seed >> 8 & 0xFFu);
        }
    }
    int32_t sum = 0;
    for (uint32_t i = 0; i < ORDER; i++) {
        for (uint32_t j = 0; j < ORDER; j++) {
            int32_t each = 0;
            for (uint32_t k = 0; k < ORDER; k++) {
                each += a[i][k] * b[k][j];
            }
            product[i][j] = each;
            sum += each >> 3;
        }
    }
    return crc16(0, (uint32_t) sum, 32);
}

static void make_text(uint32_t seed) {
    static const char letters[16] = "0123456789+-.eE,";
    for (uint32_t k = 0; k < TEXT; k++) {
        seed = bench_step(seed);
        text[k] = (uint8_t) letters[seed >> 12 & 15u];
    }
}

static enum State after(enum State state, uint8_t c) {
    const int digit = c >= '0' && c <= '9';
    switch (state) {
    case START:
        return digit ? DIGITS : c == '+' || c == '-' ? SIGN : c == '.' ? FRACTION : WRONG;
    case SIGN:
        return digit ? DIGITS : c == '.' ? FRACTION : WRONG;
    case DIGITS:
        return digit ? DIGITS : c == '.' ? FRACTION : c == 'e' || c == 'E' ? EXPONENT : WRONG;
    case FRACTION:
        return digit ? FRACTION : c == 'e' || c == 'E' ? EXPONENT : WRONG;
    case EXPONENT:
        return digit || c == '-' ? EXPONENT : WRONG;
    default:
        return WRONG;
    }
}

static uint16_t text_work(uint32_t seed) {
    uint32_t counts[STATES] = {0};
    enum State state = START;
    make_text(seed);
    for (uint32_t k = 0; k < TEXT; k++) {
        state = text[k] == ',' || state == WRONG ? START : after(state, text[k]);
        counts[state]++;
    }
    uint16_t crc = 0;
    for (uint32_t k = 0; k < STATES; k++) {
        crc = crc16(crc, counts[k], 8);
    }
    return crc;
}

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1;
    uint16_t crc = 0;
    for (uint32_t i = 0; i < iterations; i++) {
        x = bench_step(x);
        crc = crc16(crc, list_work(x), 16);
        crc = crc16(crc, matrix_work(x), 16);
        crc = crc16(crc, text_work(x), 16);
    }
    return crc;
}

const struct Benchmark benchmark = {"bench-core", 20000, run};
