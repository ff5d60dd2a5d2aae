package io.privatelink4j.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Makes hostile answers out of documented ones; the same ones from the same seed. */
final class Mutator {
  private static final int DEEP = 20_000;
  private static final int LONG = 200_000;
  private static final int[] STATUSES = {
    200, 200, 201, 204, 206, 299, 300, 302, 304, 400, 401, 403, 404, 407, 408, 409, 413, 429, 500,
    502, 503, 504, 599
  };

  private final Random random;
  private final Markup markup;
  private final List<String> texts;
  private final List<UnaryOperator<String>> ofTexts;
  private final List<UnaryOperator<byte[]>> ofBytes;

  /**
   * @param secrets what a cloud may echo
   * @param entities where entities of a document may lead to, which nobody must follow
   */
  Mutator(long seed, Markup markup, List<String> secrets, List<String> entities) {
    random = new Random(seed);
    this.markup = markup;
    texts = texts(secrets);
    ofTexts =
        new ArrayList<>(
            List.of(
                this::dropped,
                this::doubled,
                this::renamed,
                this::valued,
                this::valued,
                this::texted,
                this::texted,
                this::texted,
                this::exchanged,
                this::nested,
                this::lengthened,
                this::swallowed));
    if (markup == Markup.XML) {
      entities.forEach(entity -> ofTexts.add(document -> withEntity(document, entity)));
      ofTexts.add(this::laughing);
      ofTexts.add(this::encoded);
    }
    ofBytes =
        List.of(
            this::flipped,
            this::truncated,
            this::cutOut,
            this::repeated,
            this::notUtf8,
            this::marked,
            this::surrounded,
            this::inAnotherCharset);
  }

  private static List<String> texts(List<String> secrets) {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "*",
                "/",
                "../..",
                "a/b",
                "a\nb",
                "a\r\nX-Injected: 1",
                "\t",
                "\u001b[31mred",
                "\u0085\u2028\u202e",
                "a\"b'c",
                "<b>&amp;",
                "${jndi:ldap://127.0.0.1/x}",
                "%00%n%s",
                "null",
                "-1",
                "9223372036854775808",
                "99999-12-31T23:59:59Z",
                "true",
                "plc1/10581234/plc-x/ad-x/1",
                "plc.v",
                "plc.id",
                "plc.cluster",
                "\\052.\\777\\",
                "*.*.*",
                "..",
                "vpce-0e1f2a3b4c5d6e7f8-",
                "CNAME",
                "\uD83D\uDE00",
                "Throttling",
                "NoSuchHostedZone",
                "InvalidVpcEndpointId.NotFound",
                "EndpointNotFound",
                "InvalidChangeBatch",
                "SignatureDoesNotMatch"));
    for (String secret : secrets) {
      texts.add("Signature=" + secret + "&AccessKeyId=" + secret + "\n" + secret);
      texts.add(secret);
    }
    return texts;
  }

  /** {@return a documented answer after one to three mishaps} */
  HostileAnswer next(int status, String document) {
    String text = document;
    HostileAnswer answer = HostileAnswer.of(status, headers(), text.getBytes(UTF_8));
    int mishaps = 1 + random.nextInt(3);
    for (int i = 0; i < mishaps; i++) {
      // What is not well-formed any more has no parts.
      int kind = i == 0 ? random.nextInt(10) : 6 + random.nextInt(4);
      if (kind < 6) {
        text = any(ofTexts).apply(text);
        answer = answer.withBody(text.getBytes(UTF_8));
      } else if (kind < 8) {
        answer = answer.withBody(any(ofBytes).apply(answer.body()));
      } else if (kind < 9) {
        answer = misheaded(answer);
      } else {
        answer = answer.withStatus(STATUSES[random.nextInt(STATUSES.length)]);
      }
    }
    return answer;
  }

  private List<String> headers() {
    return List.of("Content-Type: " + markup.contentType());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Part part(String document) {
    return any(markup.parts(document));
  }

  // Of documents

  private String dropped(String document) {
    return part(document).replacedBy(markup.nothing(), document);
  }

  private String doubled(String document) {
    Part part = part(document);
    String again = random.nextBoolean() ? part.of(document) : markup.part(part.name(), anyValue());
    return part.replacedBy(
        random.nextBoolean()
            ? part.of(document) + markup.separator() + again
            : again + markup.separator() + part.of(document),
        document);
  }

  private String renamed(String document) {
    Part part = part(document);
    String name = random.nextBoolean() ? part.name() + "s" : part(document).name();
    return part.replacedBy(markup.part(name, valueOf(part, document)), document);
  }

  /** An element without content has no value to copy. */
  private String valueOf(Part part, String document) {
    return part.valueStart() == part.end() - 1 ? "" : part.valueIn(document);
  }

  private String valued(String document) {
    return withValue(part(document), any(markup.oddValues()), document);
  }

  private String withValue(Part part, String value, String document) {
    return part.replacedBy(markup.part(part.name(), value), document);
  }

  private String texted(String document) {
    return withValue(part(document), markup.text(any(texts)), document);
  }

  private String anyValue() {
    return random.nextBoolean() ? any(markup.oddValues()) : markup.text(any(texts));
  }

  private String exchanged(String document) {
    return withValue(part(document), valueOf(part(document), document), document);
  }

  private String nested(String document) {
    Part part = part(document);
    int depth = random.nextBoolean() ? DEEP : 1 + random.nextInt(200);
    return withValue(part, markup.nested(part.name(), depth), document);
  }

  private String lengthened(String document) {
    return withValue(
        part(document), markup.text(any(List.of("0", "x", "\u00e4", "a/")).repeat(LONG)), document);
  }

  /** The whole document in the place of one of its parts. */
  private String swallowed(String document) {
    int start = document.indexOf("?>") < 0 ? 0 : document.indexOf("?>") + 2;
    return withValue(part(document), document.substring(start), document);
  }

  private String withDoctype(String document, String definitions, String reference) {
    int start = document.indexOf("?>") < 0 ? 0 : document.indexOf("?>") + 2;
    Part part = part(document);
    String referring = part.start() < start ? document : withValue(part, reference, document);
    String doctype = "<!DOCTYPE r [" + definitions + "]>";
    return random.nextBoolean()
        ? referring.substring(0, start) + doctype + referring.substring(start)
        : doctype + referring.substring(start);
  }

  private String withEntity(String document, String entity) {
    return withDoctype(document, "<!ENTITY x " + entity + ">", "&x;");
  }

  /** Each entity is ten of the one before. */
  private String laughing(String document) {
    StringBuilder definitions = new StringBuilder("<!ENTITY l0 \"lol\">");
    for (int i = 1; i <= 9; i++) {
      definitions.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
    }
    return withDoctype(document, definitions.toString(), "&l9;");
  }

  private String encoded(String document) {
    return document.replaceFirst(
        "encoding=\"[^\"]*\"",
        "encoding=\"" + any(List.of("UTF-16", "UTF-7", "none", "", "EBCDIC-CP-US")) + "\"");
  }

  // Of bytes

  private byte[] flipped(byte[] body) {
    byte[] flipped = body.clone();
    for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
      flipped[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] truncated(byte[] body) {
    return Arrays.copyOf(body, random.nextInt(body.length + 1));
  }

  private byte[] cutOut(byte[] body) {
    int start = random.nextInt(body.length + 1);
    int end = start + random.nextInt(body.length - start + 1);
    return joined(Arrays.copyOf(body, start), Arrays.copyOfRange(body, end, body.length));
  }

  private byte[] repeated(byte[] body) {
    int middle = random.nextInt(body.length + 1);
    return joined(Arrays.copyOf(body, middle), body);
  }

  private byte[] notUtf8(byte[] body) {
    int middle = random.nextInt(body.length + 1);
    byte[] junk =
        any(
            List.of(
                new byte[] {(byte) 0xc3},
                new byte[] {(byte) 0xff, (byte) 0xfe},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {0, 1, 0x1b, 0x7f}));
    return joined(Arrays.copyOf(body, middle), junk, Arrays.copyOfRange(body, middle, body.length));
  }

  private byte[] marked(byte[] body) {
    return joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, body);
  }

  private byte[] surrounded(byte[] body) {
    byte[] junk =
        any(List.of("\n\n", "<html>", ")]}',\n", "<!-- x -->", "{}", "\0", " ".repeat(5_000)))
            .getBytes(UTF_8);
    return random.nextBoolean() ? joined(junk, body) : joined(body, junk);
  }

  private byte[] inAnotherCharset(byte[] body) {
    Charset other = random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE;
    return new String(body, UTF_8).getBytes(other);
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  // Of heads

  private HostileAnswer misheaded(HostileAnswer answer) {
    byte[] body = answer.body();
    return switch (random.nextInt(9)) {
      case 0 -> answer.withHeaders(List.of());
      case 1 ->
          answer.withHeaders(
              List.of(
                  "Content-Type: "
                      + any(
                          List.of(
                              "text/html",
                              "image/png",
                              "",
                              ";;;",
                              "text/xml;charset=none",
                              "application/x-amz-json-1.0"))));
      case 2 -> answer.withLength("Content-Length: " + (body.length + 1 + random.nextInt(5_000)));
      case 3 -> answer.withLength("Content-Length: " + random.nextInt(body.length + 1));
      case 4 ->
          answer.withLength(
              "Content-Length: " + any(List.of("-1", "x", "", "99999999999999999999", "1, 2")));
      case 5 -> answer.withLength("");
      case 6 -> answer.withLength("Transfer-Encoding: chunked");
      case 7 -> gzipped(answer);
      default ->
          answer.withHeaders(
              List.of(
                  "Content-Type: " + markup.contentType(),
                  "Retry-After: " + any(List.of("-1", "999999", "99999999999", "soon", "")),
                  "x-amzn-RequestId: " + any(List.of("\u001b[31m", "r".repeat(9_000), "", "a\tb")),
                  "x-acs-request-id: " + any(List.of("\u001b[31m", "r".repeat(9_000), "", "a\tb")),
                  "Location: http://127.0.0.1:1/",
                  "Set-Cookie: a=b",
                  "WWW-Authenticate: Basic realm=\"x\"",
                  "Content-Encoding: " + any(List.of("gzip", "deflate", "br", "none"))));
    };
  }

  private HostileAnswer gzipped(HostileAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HostileAnswer gzipped = answer.withBody(bytes.toByteArray());
    return random.nextBoolean()
        ? gzipped
        : gzipped.withHeaders(
            List.of("Content-Type: " + markup.contentType(), "Content-Encoding: gzip"));
  }
}
