// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

/** The way to the thread of the stack, which gives each event to {@link HostGateway#received} in the order of posting. */
@FunctionalInterface
public interface EventSink {
    /**
     * Hands an event over, from a thread of the host's; may wait while too many are on their way.
     *
     * @param event the octets, which belong to the receiver
     * @throws InterruptedException if the wait was interrupted; the event is lost
     */
    void post(byte[] event) throws InterruptedException;
}
