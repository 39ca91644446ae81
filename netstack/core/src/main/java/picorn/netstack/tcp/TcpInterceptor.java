// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** Decides on requests for connections that no listener takes, at once or later. */
@FunctionalInterface
public interface TcpInterceptor {
    /**
     * Takes a request, which is to be accepted, refused or found unreachable in the end; while it is undecided, repetitions
     * of it are ignored.
     *
     * @param request what is asked for
     */
    void requested(TcpRequest request);
}
