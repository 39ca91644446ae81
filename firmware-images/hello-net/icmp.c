// SPDX-License-Identifier: MIT
#include "network.h"

#include "console.h"
#include "fail.h"
#include "octets.h"
#include "ticks.h"
#include "wire.h"

enum IcmpEcho {
    ICMP_TYPE = 0,
    ICMP_CODE = 1,
    ICMP_CHECKSUM = 2,
    ICMP_IDENTIFIER = 4,
    ICMP_SEQUENCE = 6,
    ICMP_SIZE = 8
};

enum Type {
    ECHO_REPLY = 0,
    ECHO_REQUEST = 8
};

#define IDENTIFIER 0x5069u
#define DATA_SIZE 56u
#define ANSWER_MILLISECONDS 1000ul

static uint32_t sequence; /* of the ping on its way */
static uint32_t sent_at;  /* microseconds */
static uint32_t round_trip;
static bool answered;

static uint8_t data_octet(uint32_t index) {
    return (uint8_t) (sequence * 16 + index);
}

static void send_request(const struct Station *to) {
    uint8_t *message = ipv4_payload();
    message[ICMP_TYPE] = ECHO_REQUEST;
    message[ICMP_CODE] = 0;
    put16(message + ICMP_CHECKSUM, 0);
    put16(message + ICMP_IDENTIFIER, IDENTIFIER);
    put16(message + ICMP_SEQUENCE, sequence);
    for (uint32_t i = 0; i < DATA_SIZE; i++) {
        message[ICMP_SIZE + i] = data_octet(i);
    }
    sent_at = microseconds();
    ipv4_send(to, PROTOCOL_ICMP, ICMP_SIZE + DATA_SIZE);
}

static bool is_our_reply(const uint8_t *message, uint32_t length) {
    return length == ICMP_SIZE + DATA_SIZE && get16(message + ICMP_IDENTIFIER) == IDENTIFIER
        && get16(message + ICMP_SEQUENCE) == sequence;
}

static void receive_reply(const uint8_t *message, uint32_t length) {
    if (!is_our_reply(message, length) || answered) {
        return;
    }
    round_trip = microseconds() - sent_at;
    for (uint32_t i = 0; i < DATA_SIZE; i++) {
        if (message[ICMP_SIZE + i] != data_octet(i)) {
            fail(FAIL_PING, "ping %lu: octet %lu came back as %02lx", sequence, i, (uint32_t) message[ICMP_SIZE + i]);
        }
    }
    answered = true;
}

static void answer_request(const struct Station *to, const uint8_t *message, uint32_t length) {
    uint8_t *reply = ipv4_payload();
    memcpy(reply, message, length);
    reply[ICMP_TYPE] = ECHO_REPLY;
    put16(reply + ICMP_CHECKSUM, 0);
    ipv4_send(to, PROTOCOL_ICMP, length);
}

void icmp_receive(const struct Station *from, const uint8_t *message, uint32_t length) {
    if (length < ICMP_SIZE || checksum_fold(checksum_add(0, message, length)) != CHECKSUM_GOOD) {
        malformed.icmp++;
    } else if (message[ICMP_TYPE] == ECHO_REPLY) {
        receive_reply(message, length);
    } else if (message[ICMP_TYPE] == ECHO_REQUEST && interface.address != 0) {
        answer_request(from, message, length);
    }
}

static bool is_answered(void) {
    return answered;
}

void icmp_ping(const struct Station *to, uint32_t count) {
    for (sequence = 1; sequence <= count; sequence++) {
        answered = false;
        send_request(to);
        if (!network_wait(is_answered, ANSWER_MILLISECONDS)) {
            fail(FAIL_PING, "ping %lu to " ADDRESS_FORMAT ": no answer within %lu ms", sequence,
                ADDRESS_OCTETS(to->address), ANSWER_MILLISECONDS);
        }
        console_print("ping %lu from " ADDRESS_FORMAT ": %lu us\r\n", sequence, ADDRESS_OCTETS(to->address),
            round_trip);
    }
}
