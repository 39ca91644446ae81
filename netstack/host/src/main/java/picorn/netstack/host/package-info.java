// SPDX-License-Identifier: MIT
/**
 * What the TCP/IP stack needs to meet the host: TAP interfaces, a thread that drives a stack, blocking streams.
 *
 * <p>A program that serves HTTP on a TAP interface:
 *
 * <pre>{@code
 * import java.io.*;
 * import java.nio.charset.StandardCharsets;
 * import java.security.SecureRandom;
 * import picorn.netstack.address.*;
 * import picorn.netstack.ethernet.EthernetConfig;
 * import picorn.netstack.host.*;
 * import picorn.netstack.stack.StackConfig;
 *
 * class Web {
 *     public static void main(String[] arguments) throws IOException {
 *         StackConfig config = StackConfig.named("web").random(new SecureRandom()::nextInt).memory(16 << 20);
 *         EthernetConfig eth0 = new EthernetConfig(
 *                 "eth0", MacAddress.parse("02:00:00:00:09:02"), Ipv4Prefix.parse("10.0.9.2/24"));
 *         try (HostStack host = HostStack.start(config, eth0, TapDevice.open("tap0"));
 *                 TcpServer server = TcpServer.listen(host, 80)) {
 *             System.out.println("http://10.0.9.2/");
 *             while (true) {
 *                 TcpStream client = server.accept();
 *                 new Thread(() -> serve(client)).start();
 *             }
 *         }
 *     }
 *
 *     static void serve(TcpStream client) {
 *         try (client) {
 *             BufferedReader in = new BufferedReader(new InputStreamReader(client.input()));
 *             String request = in.readLine();
 *             while (!in.readLine().isEmpty()) {}
 *             String answer = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nYou said: " + request + "\n";
 *             client.output().write(answer.getBytes(StandardCharsets.UTF_8));
 *         } catch (IOException e) {
 *             System.err.println(e.getMessage());
 *         }
 *     }
 * }
 * }</pre>
 *
 * As root, or within {@code unshare -rn}:
 *
 * <pre>{@code
 * ip tuntap add dev tap0 mode tap
 * ip addr add 10.0.9.1/24 dev tap0
 * ip link set tap0 up
 * java -cp picorn-netstack-host.jar:picorn-netstack.jar:jna.jar Web.java &
 * curl http://10.0.9.2/
 * }</pre>
 */
package picorn.netstack.host;
