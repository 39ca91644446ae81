// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Where a flow leads on the host's side.
 *
 * @param address the address and port
 * @param trust whether it may be one of this host's own addresses
 */
record Target(InetSocketAddress address, Trust trust) {
    enum Trust {
        /** Chosen by the user of this host. */
        CHOSEN,
        /** Chosen by the guest: none of this host's own addresses. */
        FOREIGN
    }

    private static final Trust[] TRUSTS = Trust.values();

    byte[] emit() {
        byte[] octets = address.getAddress().getAddress();
        return ByteBuffer.allocate(3 + octets.length)
                .put((byte) trust.ordinal())
                .putShort((short) address.getPort())
                .put(octets)
                .array();
    }

    static Target parse(byte[] octets) throws UnknownHostException {
        ByteBuffer in = ByteBuffer.wrap(octets);
        Trust trust = TRUSTS[in.get()];
        int port = in.getShort() & 0xFFFF;
        byte[] address = new byte[in.remaining()];
        in.get(address);
        return new Target(new InetSocketAddress(InetAddress.getByAddress(address), port), trust);
    }
}
