# W1, W2 and W4 with Active Record: ruby active_record_peer.rb sqlite:<file>|<postgresql URL> <rounds>.
require 'active_record'
require 'uri'

url = ARGV[0]
rounds = ARGV[1].to_i
if url.start_with?('sqlite:')
  ActiveRecord::Base.establish_connection(adapter: 'sqlite3', database: url.delete_prefix('sqlite:'))
else
  path, query = url.delete_prefix('postgresql:///').split('?')
  parameters = URI.decode_www_form(query).to_h
  ActiveRecord::Base.establish_connection(adapter: 'postgresql', database: path, host: parameters['host'],
                                          username: parameters['user'])
end

class User < ActiveRecord::Base
  has_many :posts
end

class Post < ActiveRecord::Base
  belongs_to :user
end

random = Random.new(7)
ids = Array.new(1000) { random.rand(1..10_000) }

# Active Record decodes a column when its attribute is read: read each one once, as the other programs do.
def read(rows)
  rows.each(&:attributes)
end

workloads = {
  'W1' => [1000, -> { User.transaction { read(ids.map { |id| User.find(id) }) } }],
  'W2' => [10_000, -> { read(User.all.to_a) }],
  'W4' => [10_000, -> { read(User.where('id <= 1000').preload(:posts).to_a).flat_map { |user| read(user.posts.to_a) } }]
}

workloads.each do |name, (count, load)|
  times = Array.new(rounds + 1) do
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    rows = load.call
    abort "#{name}: #{rows.size} rows instead of #{count}" if rows.size != count
    (Process.clock_gettime(Process::CLOCK_MONOTONIC) - start) * 1e3
  end
  puts format('%s %.3f', name, times.drop(1).sort[rounds / 2])
end
