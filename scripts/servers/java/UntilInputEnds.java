/** Runs another main class and exits, cleanly, when standard input ends: a server ends with whoever started it, and by nothing less (signals to the group are ignored). */
public final class UntilInputEnds {
  public static void main(String[] arguments) throws Exception {
    Thread watch = new Thread(() -> {
      try {
        while (System.in.read() >= 0) {
          // Nothing is said on standard input; only its end matters.
        }
      } catch (java.io.IOException gone) {
        System.err.println("standard input failed: " + gone.getMessage());
      }
      System.exit(0);
    });
    watch.setDaemon(true);
    watch.start();
    String[] rest = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
    Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }
}
