// A request as a line of a table: `POST /a urlencoded a=1&b=`.

/** What a part of a multipart body sends: `[name, value]`. */
const part = (text) => {
  const [head, ...body] = text.split("\r\n\r\n");
  const name = head.match(/[^e]name="([^"]*)"/)?.[1] ?? "";
  const file = head.match(/filename="([^"]*)"/)?.[1];
  const value = body.join("\r\n\r\n").replace(/\r\n$/, "");
  return [decodeURIComponent(name), file === undefined ? value : `file:${file}`];
};

const multipart = (type, body) => {
  const boundary = type.match(/boundary=(.*)$/)[1];
  const parts = body.split(`--${boundary}`).slice(1, -1);
  return parts.map((text) => part(text.replace(/^\r\n/, "")));
};

const lines = (body) => {
  const all = body.split("\r\n").slice(0, -1);
  return all.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
};

/** The values of JSON as they stand there: a text has its quotes. */
const json = (body) => {
  const pairs = Object.entries(JSON.parse(body));
  return pairs.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one) => [name, JSON.stringify(one)]) : [[name, JSON.stringify(value)]],
  );
};

/** How the fields are written, and the fields. */
const fields = (type, body) => {
  const [kind] = type.split(";");
  switch (kind.trim()) {
    case "application/x-www-form-urlencoded":
      return ["urlencoded", [...new URLSearchParams(body)]];
    case "multipart/form-data":
      return ["multipart", multipart(type, body)];
    case "text/plain":
      return ["text", lines(body)];
    case "application/json":
      return ["json", json(body)];
    case "":
      return ["nothing", []];
    default:
      return [kind.trim(), []];
  }
};

/** The line of a request. */
export const describe = (request, body) => {
  const text = body.toString("utf8");
  const type = request.headers["content-type"] ?? "";
  const [path, query = ""] = request.url.split(/\?(.*)/s);
  const written = (all) => new URLSearchParams(all).toString();
  if (request.method === "GET" || (request.method === "DELETE" && text === "")) {
    return `${request.method} ${path} query ${written(new URLSearchParams(query))}`.trim();
  }
  const [encoding, all] = fields(type, text);
  return `${request.method} ${request.url} ${encoding} ${written(all)}`.trim();
};
