// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

/** Why a lookup has no records to show. */
public enum DnsFailure {
    /** The name does not exist (NXDOMAIN). */
    NO_SUCH_NAME,
    /** The name exists, but has no records of the type. */
    NO_DATA,
    /** No server is known; see {@link DnsClient#servers}. */
    NO_SERVER,
    /** No route leads to any of the servers. */
    UNREACHABLE,
    /** No server answered in time. */
    TIMED_OUT,
    /** The servers were unable to find out (SERVFAIL), or did not understand. */
    SERVER_FAILED,
    /** The servers do not want to answer. */
    REFUSED,
    /** The answer does not fit into a datagram, and the stack has no DNS over TCP; see {@link DnsModules#withTcp}. */
    TRUNCATED,
    /** The name stands for another, that for another, and so on without an end. */
    ALIAS_CHAIN,
    /** The memory budget is used up, or too many lookups are under way. */
    OUT_OF_MEMORY,
    /** The lookup was given up by {@link DnsQuery#close}. */
    CLOSED
}
