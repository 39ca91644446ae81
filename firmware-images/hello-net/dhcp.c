// SPDX-License-Identifier: MIT
#include "dhcp.h"

#include "fail.h"
#include "network.h"
#include "octets.h"
#include "ticks.h"
#include "wire.h"

#define DHCP_SERVER_PORT 67u

enum Message {
    BOOTP_OP = 0,
    BOOTP_HTYPE = 1,
    BOOTP_HLEN = 2,
    BOOTP_XID = 4,
    BOOTP_SECS = 8,
    BOOTP_FLAGS = 10,
    BOOTP_YIADDR = 16,
    BOOTP_CHADDR = 28,
    BOOTP_MAGIC = 236,
    BOOTP_OPTIONS = 240,
    BOOTP_MIN_SIZE = 300
};

enum {
    BOOTREQUEST = 1,
    BOOTREPLY = 2,
    HTYPE_ETHERNET = 1,
    FLAGS_BROADCAST = 0x8000
};

#define MAGIC_COOKIE 0x63825363u

enum Option {
    OPTION_PAD = 0,
    OPTION_SUBNET_MASK = 1,
    OPTION_ROUTER = 3,
    OPTION_HOST_NAME = 12,
    OPTION_REQUESTED_ADDRESS = 50,
    OPTION_MESSAGE_TYPE = 53,
    OPTION_SERVER_IDENTIFIER = 54,
    OPTION_PARAMETER_REQUEST_LIST = 55,
    OPTION_CLIENT_IDENTIFIER = 61,
    OPTION_END = 255
};

enum MessageType {
    NOTHING = 0,
    DHCPDISCOVER = 1,
    DHCPOFFER = 2,
    DHCPREQUEST = 3,
    DHCPACK = 5,
    DHCPNAK = 6
};

struct Reply {
    enum MessageType type;
    uint32_t address, mask, router, server;
};

#define ATTEMPTS 4ul
#define FIRST_TIMEOUT_MILLISECONDS 4000u

static uint32_t xid = 0x7069636Fu;
static struct Reply reply; /* the latest to our transaction; type NOTHING until one comes */

static uint8_t *put_option(uint8_t *at, enum Option option, const void *value, uint8_t length) {
    at[0] = (uint8_t) option;
    at[1] = length;
    memcpy(at + 2, value, length);
    return at + 2 + length;
}

static uint8_t *put_address_option(uint8_t *at, enum Option option, uint32_t address) {
    uint8_t value[4];
    put32(value, address);
    return put_option(at, option, value, sizeof value);
}

static uint8_t *put_identity_options(uint8_t *at) {
    static const uint8_t wanted[] = {OPTION_SUBNET_MASK, OPTION_ROUTER};
    uint8_t identifier[7] = {HTYPE_ETHERNET};
    memcpy(identifier + 1, interface.mac, 6);
    at = put_option(at, OPTION_CLIENT_IDENTIFIER, identifier, sizeof identifier);
    at = put_option(at, OPTION_HOST_NAME, "picorn", 6);
    return put_option(at, OPTION_PARAMETER_REQUEST_LIST, wanted, sizeof wanted);
}

/* Answers are asked to be broadcast, as RFC 2131 demands of who has no address to receive at yet (4.1). */
static void put_fixed_fields(uint8_t *message) {
    memset(message, 0, BOOTP_MIN_SIZE);
    message[BOOTP_OP] = BOOTREQUEST;
    message[BOOTP_HTYPE] = HTYPE_ETHERNET;
    message[BOOTP_HLEN] = 6;
    put32(message + BOOTP_XID, xid);
    put16(message + BOOTP_SECS, ticks() / 1000);
    put16(message + BOOTP_FLAGS, FLAGS_BROADCAST);
    memcpy(message + BOOTP_CHADDR, interface.mac, 6);
    put32(message + BOOTP_MAGIC, MAGIC_COOKIE);
}

static void send_message(enum MessageType type, const struct Reply *offer) {
    uint8_t *message = udp_payload();
    const uint8_t type_octet = (uint8_t) type;
    put_fixed_fields(message);
    uint8_t *at = put_option(message + BOOTP_OPTIONS, OPTION_MESSAGE_TYPE, &type_octet, 1);
    if (type == DHCPREQUEST) {
        at = put_address_option(at, OPTION_REQUESTED_ADDRESS, offer->address);
        at = put_address_option(at, OPTION_SERVER_IDENTIFIER, offer->server);
    }
    at = put_identity_options(at);
    *at++ = OPTION_END;
    const uint32_t length = (uint32_t) (at - message);
    udp_send(&everyone, DHCP_CLIENT_PORT, DHCP_SERVER_PORT, length < BOOTP_MIN_SIZE ? BOOTP_MIN_SIZE : length);
}

static void parse_option(struct Reply *into, uint8_t option, const uint8_t *value, uint32_t length) {
    if (option == OPTION_MESSAGE_TYPE && length >= 1) {
        into->type = (enum MessageType) value[0];
    }
    if (length < 4) {
        return;
    }
    switch (option) {
    case OPTION_SUBNET_MASK: into->mask = get32(value); break;
    case OPTION_ROUTER: into->router = get32(value); break;
    case OPTION_SERVER_IDENTIFIER: into->server = get32(value); break;
    default: break;
    }
}

static void parse_options(struct Reply *into, const uint8_t *at, const uint8_t *end) {
    while (at < end && *at != OPTION_END) {
        if (*at == OPTION_PAD) {
            at++;
            continue;
        }
        if (end - at < 2 || end - at < 2 + at[1]) {
            return;
        }
        parse_option(into, at[0], at + 2, at[1]);
        at += 2 + at[1];
    }
}

static bool is_to_our_transaction(const uint8_t *message, uint32_t length) {
    return length >= BOOTP_OPTIONS && message[BOOTP_OP] == BOOTREPLY && get32(message + BOOTP_XID) == xid
        && get32(message + BOOTP_MAGIC) == MAGIC_COOKIE && memcmp(message + BOOTP_CHADDR, interface.mac, 6) == 0;
}

void dhcp_receive(const uint8_t *message, uint32_t length) {
    if (!is_to_our_transaction(message, length)) {
        return;
    }
    struct Reply parsed = {.type = NOTHING, .address = get32(message + BOOTP_YIADDR)};
    parse_options(&parsed, message + BOOTP_OPTIONS, message + length);
    reply = parsed;
}

static bool is_offered(void) {
    return reply.type == DHCPOFFER && reply.address != 0 && reply.server != 0;
}

static bool is_decided(void) {
    return reply.type == DHCPACK || reply.type == DHCPNAK;
}

/* Sends until the reply that done() waits for is there; each wait is twice as long as the one before. */
static bool exchange(enum MessageType type, const struct Reply *offer, bool (*done)(void)) {
    uint32_t timeout = FIRST_TIMEOUT_MILLISECONDS;
    reply.type = NOTHING;
    for (uint32_t attempt = 0; attempt < ATTEMPTS; attempt++, timeout *= 2) {
        send_message(type, offer);
        if (network_wait(done, timeout)) {
            return true;
        }
    }
    return false;
}

static void take_lease(void) {
    if (reply.router == 0 || reply.mask == 0) {
        fail(FAIL_DHCP, "DHCP: lease " ADDRESS_FORMAT " without router or mask", ADDRESS_OCTETS(reply.address));
    }
    interface.address = reply.address;
    interface.mask = reply.mask;
    interface.gateway = reply.router;
}

void dhcp_obtain_lease(void) {
    for (uint32_t refusals = 0; refusals < ATTEMPTS; refusals++, xid++) {
        if (!exchange(DHCPDISCOVER, &reply, is_offered)) {
            fail(FAIL_DHCP, "DHCP: no offer after %lu DISCOVERs", ATTEMPTS);
        }
        const struct Reply offer = reply;
        if (!exchange(DHCPREQUEST, &offer, is_decided)) {
            fail(FAIL_DHCP, "DHCP: no answer to %lu REQUESTs", ATTEMPTS);
        }
        if (reply.type == DHCPACK) {
            take_lease();
            return;
        }
    }
    fail(FAIL_DHCP, "DHCP: refused %lu times", ATTEMPTS);
}
